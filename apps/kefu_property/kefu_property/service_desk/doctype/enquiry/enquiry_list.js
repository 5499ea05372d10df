/* global kefu */
kefu.cases.list("Enquiry");
