/* global kefu */
kefu.cases.calendar("Enquiry");
