/* global kefu */
kefu.cases.list("Complaint");
