/* global kefu */
kefu.cases.calendar("Complaint");
