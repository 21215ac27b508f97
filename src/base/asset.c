#include "base/asset.h"

#include <stdlib.h>

static int compare_path(const void *key, const void *row)
{
	return str_compare(*(const struct str *)key, str_from_c(((const struct asset *)row)->path));
}

const struct asset *asset_find(struct str path)
{
	return bsearch(&path, asset_list, asset_list_count, sizeof asset_list[0], compare_path);
}

struct str asset_text(const struct asset *asset)
{
	return (struct str){ (const char *)asset->bytes, asset->len };
}
