from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import meeting_rules as rules

D = Decimal
NOON = datetime(2026, 3, 10, 12, tzinfo=timezone(timedelta(hours=8)))
offset = st.integers(-300, 300).map(lambda minutes: NOON + timedelta(minutes=minutes))


@given(offset, offset, offset, offset)
def test_times_overlap_when_they_share_a_moment(a, b, c, d):
	(a, b), (c, d) = sorted((a, b)), sorted((c, d))
	shared = max(a, c) < min(b, d)
	assert rules.overlaps(a, b, c, d) == rules.overlaps(c, d, a, b)
	if a < b and c < d:
		assert rules.overlaps(a, b, c, d) == shared


def test_one_meeting_begins_when_the_other_ends():
	hour = timedelta(hours=1)
	assert not rules.overlaps(NOON, NOON + hour, NOON + hour, NOON + 2 * hour)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 99999).map(lambda cents: D(cents) / 100)), max_size=6))
def test_charges_add_up(lines):
	room, amounts, total = rules.charges(NOON, NOON + timedelta(minutes=90), "80", lines)
	assert room == D("120.00") and total == room + sum(amounts)


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=300))
def test_folded_lines_are_short_and_lose_nothing(text):
	line = f"SUMMARY:{rules.escape(text)}"
	folded = rules.fold(line)
	assert folded.replace("\r\n ", "") == line
	assert all(len(piece.encode()) <= rules.LINE for piece in folded.split("\r\n"))


def test_calendar_file():
	text = rules.calendar_file(
		"MT-1@kefu",
		"周会; 安全, 收费",
		NOON,
		NOON + timedelta(hours=1),
		NOON,
		place="2 号会议室",
		text="一\n二",
		sequence=2,
	)
	lines = text.replace("\r\n ", "").split("\r\n")
	assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
	assert "DTSTART:20260310T040000Z" in lines and "DTEND:20260310T050000Z" in lines
	assert "SUMMARY:周会\\; 安全\\, 收费" in lines and "DESCRIPTION:一\\n二" in lines
	assert "STATUS:CANCELLED" in rules.calendar_file("x", "y", NOON, NOON, NOON.astimezone(UTC), cancelled=True)
