#include "web/assets.h"

#include "base/asset.h"
#include "base/limits.h"

enum { VERSION_MIN = 8 }; /* letters of the digest that an address must give */

struct asset_answer {
	struct str path;   /* /assets/site.css */
	struct str digest; /* hex */
	struct str type;
	struct encoded encoded;
};

struct assets {
	struct asset_answer *at;
	size_t count;
	struct str openapi;
};

static struct str type_of(struct str path)
{
	static const struct {
		struct str suffix, type;
	} row[] = {
		{ STR_INIT(".css"), STR_INIT("text/css; charset=utf-8") },
		{ STR_INIT(".js"), STR_INIT("text/javascript; charset=utf-8") },
		{ STR_INIT(".svg"), STR_INIT("image/svg+xml") },
		{ STR_INIT(".png"), STR_INIT("image/png") },
		{ STR_INIT(".ico"), STR_INIT("image/x-icon") },
		{ STR_INIT(".woff2"), STR_INIT("font/woff2") },
		{ STR_INIT(".txt"), STR_INIT("text/plain; charset=utf-8") },
		{ STR_INIT(".json"), STR_INIT("application/json; charset=utf-8") },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++)
		if (str_ends(path, row[i].suffix))
			return row[i].type;
	return STR("application/octet-stream");
}

static struct asset_answer make_answer(struct arena *a, const struct asset *asset)
{
	struct asset_answer out = { .digest = str_from_c(asset->sha256_hex) };
	struct str body = asset_text(asset);
	struct arena *scratch = arena_open(2 * body.len + 128 * KIB);

	out.path = str_format(a, "/%s", asset->path);
	out.type = type_of(out.path);
	out.encoded = compress_all(scratch, body, COMPRESS_ASSET);
	for (int i = 0; i < ENCODING_COUNT; i++) {
		bool keep = i == ENCODING_IDENTITY ||
			    (compress_worth(out.type) && out.encoded.body[i].len > 0);
		enum encoding e = keep ? (enum encoding)i : ENCODING_IDENTITY;
		out.encoded.etag[i] = str_copy(a, out.encoded.etag[e]);
		if (i != ENCODING_IDENTITY)
			out.encoded.body[i] = keep ? str_copy(a, out.encoded.body[i]) : STR_NONE;
	}
	arena_close(scratch);
	return out;
}

struct assets *assets_open(struct arena *a, struct web_server *s)
{
	struct assets *out = ARENA_NEW(a, struct assets);
	json_t *api = web_openapi(s->config.route_tables, s->config.public_permission,
				  STR("政府信息公开平台"),
				  STR(GONGKAI_VERSION));
	size_t len = json_dumpb(api, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(a, len);

	json_dumpb(api, text, len, JSON_COMPACT);
	json_decref(api);
	out->openapi = (struct str){ text, len };
	out->at = ARENA_ARRAY(a, asset_list_count, struct asset_answer);
	for (size_t i = 0; i < asset_list_count; i++)
		if (str_starts(str_from_c(asset_list[i].path), STR("assets/")))
			out->at[out->count++] = make_answer(a, &asset_list[i]);
	return out;
}

static void answer_asset(struct exchange *x, const struct asset_answer *file)
{
	enum encoding e = encoding_choose(x->head.header[HEADER_ACCEPT_ENCODING]);
	struct str version = x->head.query, tag = x->head.header[HEADER_IF_NONE_MATCH];

	if (file->encoded.body[e].len == 0)
		e = ENCODING_IDENTITY;
	bool kept = str_take_str(&version, STR("v=")) && version.len >= VERSION_MIN &&
		    str_starts(file->digest, version);
	bool unchanged = tag.len > 0 && etag_matches(tag, file->encoded.etag[e]);
	struct buf b = buf_open(x->arena, 1024, LIMIT_HTTP_LINE);
	buf_add(&b, exchange_status_line(unchanged ? 304 : 200));
	buf_add(&b, x->server->security_headers);
	buf_add(&b, kept ? STR("Cache-Control: public, max-age=31536000, immutable\r\n") :
			   STR("Cache-Control: public, max-age=0, must-revalidate\r\n"));
	buf_addf(&b, "Vary: Accept-Encoding\r\nETag: " STR_FMT "\r\n",
		 STR_ARG(file->encoded.etag[e]));
	if (!unchanged) {
		buf_addf(&b, "Content-Type: " STR_FMT "\r\nContent-Length: %zu\r\n",
			 STR_ARG(file->type), file->encoded.body[e].len);
		if (e != ENCODING_IDENTITY)
			buf_addf(&b, "Content-Encoding: %s\r\n",
				 e == ENCODING_GZIP ? "gzip" : "br");
		/* An SVG opened by itself is a document: it may run nothing. */
		buf_add(&b, STR("Content-Security-Policy: default-src 'none'; "
				"style-src 'unsafe-inline'; sandbox\r\n"));
		x->answer_body = file->encoded.body[e];
	}
	x->answer_head = buf_str(&b);
	x->rp.status = unchanged ? 304 : 200;
}

static void answer_text(struct exchange *x, const char *type, struct str body)
{
	x->rp.content_type = str_from_c(type);
	x->rp.body = body;
	reply_finish(x);
}

bool assets_answer(struct exchange *x)
{
	const struct assets *all = x->server->assets;
	struct str path = x->path.text;
	bool openapi = str_equal_c(path, "/api/openapi.json"),
	     health = str_equal_c(path, "/healthz");

	if (!openapi && !health && !str_starts(path, STR("/assets/")))
		return false;
	if (x->head.method == HTTP_POST) {
		exchange_refuse(x, 405);
		return true;
	}
	if (health) {
		answer_text(x, "text/plain; charset=utf-8", STR("ok\n"));
		return true;
	}
	if (openapi) {
		answer_text(x, "application/json; charset=utf-8", all->openapi);
		return true;
	}
	for (size_t i = 0; i < all->count; i++)
		if (str_equal(all->at[i].path, path)) {
			answer_asset(x, &all->at[i]);
			return true;
		}
	return false; /* the ordinary page for what does not exist */
}
