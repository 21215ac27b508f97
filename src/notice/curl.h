/* curl.h - the functions of libcurl that letters out call; loaded with the first of them. */
#ifndef NOTICE_CURL_H
#define NOTICE_CURL_H

#include "base/library.h"

#define CURL_DISABLE_TYPECHECK /* its macros know the functions by their bare names */
#include <curl/curl.h>

#define CURL_FUNCTIONS(F)                                                               \
	F(curl_easy_cleanup) F(curl_easy_getinfo) F(curl_easy_init) F(curl_easy_perform) \
	F(curl_easy_reset) F(curl_easy_setopt) F(curl_easy_strerror) F(curl_slist_append) \
	F(curl_slist_free_all)

struct curl { CURL_FUNCTIONS(LIBRARY_FUNCTION) };
extern struct curl curl;
/* *handle as it is, or a new one; false: there is none to be had. */
bool curl_handle(void **handle);
#endif
