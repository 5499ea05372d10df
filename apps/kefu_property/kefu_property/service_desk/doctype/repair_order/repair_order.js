/* global kefu */
kefu.cases.form("Repair Order");
