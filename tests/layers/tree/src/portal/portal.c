#include "web/web.h"
#include "html/html.h"
#include "portal_html.h"
#include "law/law.h"
