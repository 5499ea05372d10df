/* global kefu */
kefu.cases.list("Repair Order");
