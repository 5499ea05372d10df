// Live result of a survey: figures, charts by item and over time, answers in words (D10).
frappe.pages["survey-results"].on_page_load = (wrapper) => {
	wrapper.results = new SurveyResults(wrapper);
};

frappe.pages["survey-results"].on_page_show = (wrapper) => wrapper.results && wrapper.results.show();

const SURVEY_SERVER = "kefu_property.survey.page.survey_results.survey_results";
const SURVEY_REFRESH = 30000; // milliseconds

class SurveyResults {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Survey Results"), single_column: true });
		this.survey = this.page.add_field({
			fieldname: "survey",
			fieldtype: "Select",
			label: __("Survey"),
			change: () => this.draw(),
		});
		this.page.set_primary_action(__("Report as PDF"), () => this.report());
		this.page.add_menu_item(__("Open Survey"), () =>
			frappe.set_route("Form", "Satisfaction Survey", this.survey.get_value())
		);
		this.body = $('<div class="kefu-survey"></div>').appendTo(this.page.main);
		setInterval(() => {
			if (this.body.is(":visible") && !document.hidden) this.draw();
		}, SURVEY_REFRESH);
	}

	async show() {
		const surveys = await frappe.xcall(`${SURVEY_SERVER}.get_surveys`);
		this.survey.df.options = surveys.map((row) => ({ value: row.name, label: `${row.project} · ${row.title}` }));
		this.survey.refresh();
		const wanted = frappe.get_route()[1];
		const chosen = surveys.find((row) => row.name === wanted) || surveys[0];
		if (!chosen) {
			this.body.empty();
			$('<p class="text-muted"></p>').text(__("No survey was published yet.")).appendTo(this.body);
			return;
		}
		await this.survey.set_value(chosen.name);
	}

	report() {
		const survey = this.survey.get_value();
		if (survey) window.open(`/api/method/${SURVEY_SERVER}.get_report?survey=${encodeURIComponent(survey)}`);
	}

	async draw() {
		const survey = this.survey.get_value();
		if (!survey) return;
		const result = await frappe.xcall(`${SURVEY_SERVER}.get_results`, { survey });
		this.body.empty();
		this.figures(result);
		if (result.hidden) {
			$('<p class="text-muted"></p>')
				.text(__("This survey is anonymous. Its content is shown when there are enough answers."))
				.appendTo(this.body);
		} else {
			this.chart(__("Satisfaction by Item (%)"), result.items, "item", "rate", result.threshold);
		}
		this.chart(__("Response Rate by Building (%)"), result.buildings, "building_name", "rate");
		this.chart(__("Satisfaction over Time (%)"), result.trend, "title", "satisfaction", result.threshold);
		this.chart(__("Comparison of Projects (%)"), result.comparison, "project_name", "satisfaction");
		result.questions.forEach((question) => this.question(question));
	}

	figures(result) {
		const row = $('<div class="kefu-survey-figures"></div>').appendTo(this.body);
		const figure = (label, value, tone = "") => {
			const box = $('<div class="kefu-survey-figure"></div>').addClass(tone).appendTo(row);
			$("<strong></strong>").text(value).appendTo(box);
			$("<span></span>").text(label).appendTo(box);
		};
		const percent = (value) => (value === null ? "–" : `${value} %`);
		figure(__("Invited"), result.invited);
		figure(__("Answers Received"), result.answered);
		figure(__("Response Rate"), percent(result.response_rate));
		figure(__("Satisfaction"), percent(result.overall), result.below ? "bad" : "good");
		figure(__("Satisfaction Wanted"), percent(result.threshold));
		if (!result.below) return;
		$('<div class="alert alert-danger" role="alert"></div>')
			.text(__("Satisfaction is below what is wanted. Plan measures and tell the residents."))
			.appendTo(this.body);
	}

	chart(title, rows, label, value, threshold) {
		const shown = rows.filter((row) => row[value] !== null);
		if (!shown.length) return;
		$("<h5></h5>").text(title).appendTo(this.body);
		const place = $("<div></div>").appendTo(this.body)[0];
		const data = {
			labels: shown.map((row) => row[label]),
			datasets: [{ values: shown.map((row) => row[value]) }],
		};
		// the library fails on an empty list of markers
		if (threshold) data.yMarkers = [{ label: __("Wanted"), value: threshold }];
		new frappe.Chart(place, {
			data,
			type: "bar",
			height: 220,
			animate: 0,
			colors: ["#0f6f7c"],
			axisOptions: { xAxisMode: "tick" },
		});
	}

	question(question) {
		const box = $('<section class="kefu-survey-question"></section>').appendTo(this.body);
		const rate = question.rate === null ? "" : ` – ${question.rate} %`;
		$("<h6></h6>").text(`${question.question}${rate}`).appendTo(box);
		const total = question.spread.reduce((sum, row) => sum + row.number, 0);
		for (const row of question.spread) {
			const line = $('<div class="kefu-survey-line"></div>').appendTo(box);
			$("<span></span>").text(row.label).appendTo(line);
			$('<progress max="100"></progress>')
				.attr("value", total ? (row.number / total) * 100 : 0)
				.attr("aria-label", row.label)
				.appendTo(line);
			$("<span></span>").text(row.number).appendTo(line);
		}
		for (const text of question.texts) $("<blockquote></blockquote>").text(text).appendTo(box);
	}
}
