#include "base/library.h"

#include <assert.h>
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

/* All of them, or none. */
static bool find_all(void *handle, const struct library *l, void *functions)
{
	void *found[LIBRARY_FUNCTIONS_MAX];
	size_t n = 0;

	static_assert(sizeof(void *) == sizeof(void (*)(void)), "POSIX: dlsym gives functions too");
	for (; l->names[n] != NULL; n++) {
		found[n] = dlsym(handle, l->names[n]);
		if (found[n] == NULL)
			return false;
	}
	memcpy(functions, found, n * sizeof found[0]);
	return true;
}

static bool load(const struct library *l, void *functions)
{
	void *first, *handle;

	memcpy(&first, functions, sizeof first);
	if (first != NULL)
		return true;
	handle = dlopen(l->file, RTLD_NOW | RTLD_LOCAL);
	return handle != NULL && find_all(handle, l, functions);
}

bool library_load(const struct library *l, void *functions, struct err *err)
{
	pthread_mutex_lock(&loading);
	bool loaded = load(l, functions);
	const char *why = loaded ? NULL : dlerror();
	if (!loaded)
		err_set(err, ERR_UNAVAILABLE, "base.no_library", "%s|%s", l->file,
			why != NULL ? why : "");
	pthread_mutex_unlock(&loading);
	return loaded;
}
