#include "law_html.h"
#include "web/web.h"
#include "html/html.h"
#include "law/law_view.h"

const char *sentence = "a <b"; /* no markup */
const char *markup = "<p>" "text";
const char *split = "<di" "v class='x'>";
const char *closing = "x</td>";
const char *statement = "SELECT x "
			"FROM y";
const char *english = "Select a file from the list, then update and set it";
const char *insert = "x INSERT INTO t VALUES (1)";
const char *update = "UPDATE t SET a = 1";
