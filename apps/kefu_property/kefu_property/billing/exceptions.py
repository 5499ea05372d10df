"""What billing refuses, one class per rule."""

import frappe


class BillingError(frappe.ValidationError):
	"""Base of billing's refusals."""


class PriceVersionsOverlap(BillingError):
	"""Two price versions of a tariff hold on one day."""


class PriceVersionGap(BillingError):
	"""A tariff has days without a price between two versions."""


class ApprovedPriceChanged(BillingError):
	"""An approved price version is history: it is not edited, a new version follows it."""


class ApprovedTariffChanged(BillingError):
	"""How an approved tariff calculates is not edited: it ends and another one follows."""


class NoticeTooShort(BillingError):
	"""A price would hold before its notice has run (L18)."""


class UnknownTariffKind(BillingError):
	"""No installed app offers this kind of tariff."""


class MarkUpOnAgencyItem(BillingError):
	"""An item collected for others bears no minimum, tax or rounding up in favour of the office (L7)."""


class WrongAssignment(BillingError):
	"""A tariff assignment points outside the tariff's project or contradicts itself."""


class BadPeriod(BillingError):
	"""A period is empty, reversed or too long."""


class RunStateError(BillingError):
	"""A billing run is not in the state that the action needs."""


class PlanChanged(BillingError):
	"""What would be billed is no longer what was approved."""


class PublishedBillChanged(BillingError):
	"""A published bill never changes; it is cancelled and replaced."""


class CancelNeedsReason(BillingError):
	"""A bill, run or receipt is taken back only with a reason."""


class LedgerIsAppendOnly(BillingError):
	"""A ledger entry is never changed or deleted."""


class WaiverAboveLimit(BillingError):
	"""Whoever approves a waiver has no role with a limit of its total."""


class WaiverRefused(BillingError):
	"""A waiver names a line that is not open, not of this payer, or smaller than what is to be waived."""


class NoLateFeePolicy(BillingError):
	"""Late fee is off: no policy is switched on."""


class WrongLateFeeTerms(BillingError):
	"""Rate, grace, cap or days of a late fee policy are out of bounds or contradict another policy."""


class LateFeePolicyInUse(BillingError):
	"""Terms by which late fee was billed are not edited."""


class NoDunningPolicy(BillingError):
	"""The project has no dunning ladder."""


class WrongLadder(BillingError):
	"""Steps of a ladder are out of order, or a lawyer's letter comes without a demand."""


class DunningRefused(BillingError):
	"""A demand is recorded without outcome, edited after it was made, or not waiting to be done."""


class NothingOpen(BillingError):
	"""Nothing can be demanded: the payer has no overdue bills."""


class ProofMissing(BillingError):
	"""A delivered letter has no proof of delivery (L2)."""


class PromiseRefused(BillingError):
	"""A promise has no day within the ladder's limit, or is not open any more."""


class TargetMissing(BillingError):
	"""A collection target names neither a rate nor an amount."""


class CommonIncomeClosed(BillingError):
	"""An approved entry or published disclosure of common income is not changed; a reversal mirrors it."""


class ResolutionMissing(BillingError):
	"""Owners' money is spent without a resolution of the owners (L19)."""


class SettlementRefused(BillingError):
	"""A settlement hands over more than is held, or is not in the state that the action needs (L7)."""


class WaiverNeverChanges(BillingError):
	"""An approved waiver is cancelled, never edited or deleted."""


class NotAMoneyAmount(BillingError):
	"""The amount is not a positive number of yuan with at most two decimals."""


class MoreThanOpen(BillingError):
	"""A payment would settle more of a bill than is open on it."""


class BillNotPayable(BillingError):
	"""The bill is not published, cancelled, or belongs to another project."""


class PaymentNotPosted(BillingError):
	"""A payment is posted as it is saved; there are no drafts."""


class ReceiptNeverChanges(BillingError):
	"""A receipt is reversed by another receipt, never changed, cancelled or deleted."""


class AlreadyReversed(BillingError):
	"""The receipt has been reversed, or is itself a reversal."""


class PrepaymentTooSmall(BillingError):
	"""The prepayment has been used or is smaller than needed."""


class KeyUsedOtherwise(BillingError):
	"""An idempotency key is sent again with another payer or amount."""


class UnreadableStatement(BillingError):
	"""A file is no bank statement, or larger than one may be."""


class BankLineError(BillingError):
	"""A line of a bank statement is posted already, has no payer, or is set aside without a reason."""


class NotADeposit(BillingError):
	"""The fee item is not a deposit, or the deposit has been reversed or returned."""


class DepositTooSmall(BillingError):
	"""More is deducted or returned than is held."""


class DepositNotDue(BillingError):
	"""A deposit is returned only after its period."""


class RefundNotApproved(BillingError):
	"""Money goes out only after somebody else has approved it, and as approved."""


class PrepaymentOverLimit(BillingError):
	"""More than the allowed months of property fee would be prepaid (L8)."""


class DayClosed(BillingError):
	"""The cashier's day has been handed in: its money has been counted."""


class ClosingDiffers(BillingError):
	"""A closing has a difference without a reason, or was changed after it was handed in."""


class ReceiptBookError(BillingError):
	"""A receipt book is not in the hands that the action needs, or its numbers overlap another one's."""


class NoReceiptBook(BillingError):
	"""The cashier has no receipt book and the site asks for one."""


class UnknownPaymentChannel(BillingError):
	"""A way to pay online that this site does not offer."""


class AmountDiffers(BillingError):
	"""A carrier reports another amount than was ordered."""


class WrongTariff(BillingError):
	"""A tariff lacks what its kind needs, or has what the kind cannot use."""


class WrongReading(BillingError):
	"""A meter reading that cannot be: lower than the last, too many digits, in the future, in the wrong order."""


class ReadingBilled(BillingError):
	"""A reading that a bill rests on is not changed."""


class WrongSharedCost(BillingError):
	"""A shared cost that cannot be divided, or is divided already."""


class ChargeSettled(BillingError):
	"""A charge that was approved or billed is not changed."""


class WrongVacancy(BillingError):
	"""A vacancy that ends before it begins, meets another one, or was approved already."""


class WrongSchedule(BillingError):
	"""A schedule of runs whose next period does not begin with a month."""
