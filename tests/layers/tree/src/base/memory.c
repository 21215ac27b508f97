/* base/ may do what others may not. */
#include <stdlib.h>

void *take(size_t size)
{
	return malloc(size);
}
