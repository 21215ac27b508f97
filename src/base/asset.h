/*
 * asset.h - the files built into the program: what stands under data/, assets/ and samples/.
 *
 * The path is the one in the source tree ("data/holidays.csv"). The digest is
 * computed when the program is built; pages use it in the address of a file so
 * that browsers may keep it for ever.
 */
#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include "base/str.h"

struct asset {
	const char *path;
	const unsigned char *bytes; /* constant, terminated by a NUL that len does not count */
	size_t len;
	const char *sha256_hex;
};

/* Generated, in order of path. */
extern const struct asset asset_list[];
extern const size_t asset_list_count;

const struct asset *asset_find(struct str path); /* NULL if there is none */
struct str asset_text(const struct asset *asset);
#endif
