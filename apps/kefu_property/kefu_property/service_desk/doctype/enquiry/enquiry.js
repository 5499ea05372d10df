/* global kefu */
kefu.cases.form("Enquiry");
