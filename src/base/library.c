#include "base/library.h"

#include <assert.h>
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static bool find_all(void *handle, const struct library *l, void *functions)
{
	static_assert(sizeof(void *) == sizeof(void (*)(void)), "POSIX: dlsym gives functions too");
	for (size_t i = 0; l->names[i] != NULL; i++) {
		void *found = dlsym(handle, l->names[i]);
		if (found == NULL)
			return false;
		memcpy((char *)functions + i * sizeof found, &found, sizeof found);
	}
	return true;
}

bool library_load(struct library *l, void *functions, struct err *err)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&lock);
	if (!l->loaded) {
		void *handle = dlopen(l->file, RTLD_NOW | RTLD_LOCAL);
		l->loaded = handle != NULL && find_all(handle, l, functions);
	}
	bool loaded = l->loaded;
	const char *why = loaded ? NULL : dlerror();
	pthread_mutex_unlock(&lock);
	return loaded || err_set(err, ERR_UNAVAILABLE, "base.no_library", "%s|%s", l->file,
				 why != NULL ? why : "");
}
