// Start of the desk: the user's day begins on the home page of their role.
import "./home";
import "./saved_document";
import "./translated_links";
import "./service_desk/cases";
import "./service_desk/hotline";
import "./identity";
import "./my_day";
import "./workforce";
import "./inspection_queue";
import "./office/archive";
import "./form_help";
