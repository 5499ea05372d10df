/* global kefu */
kefu.cases.calendar("Repair Order", "appointment_from", "appointment_to");
