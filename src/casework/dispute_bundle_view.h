/* dispute_bundle_view.h - the form that a case bundle is asked for with. */
#ifndef CASEWORK_DISPUTE_BUNDLE_VIEW_H
#define CASEWORK_DISPUTE_BUNDLE_VIEW_H

#include "dispute/bundle.h"
#include "html/parts.h"

struct bundle_form_view {
	struct form_state form;
	struct dispute d;
	struct str reason;
	bool identity, opinion;
};
#endif
