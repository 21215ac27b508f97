#include "notice/curl.h"

#include "base/log.h"

struct curl curl;

bool curl_handle(void **handle)
{
	static const struct library library = { "libcurl.so.4", { CURL_FUNCTIONS(LIBRARY_NAME) } };
	struct err err = { 0 };

	if (!library_load(&library, &curl, &err)) {
		log_write(LOG_ERROR, "notice.no_curl", "%s", err.facts);
		return false;
	}
	if (*handle == NULL)
		*handle = curl.curl_easy_init();
	return *handle != NULL;
}
