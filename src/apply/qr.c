#include "apply/qr.h"

#include "base/buf.h"

#include <qrencode.h>

enum { QUIET = 4, PATH_MAX_BYTES = 256 * 1024, TEXT_MAX = 300 };

bool qr_path(struct arena *a, struct str text, struct str *path, int *size)
{
	if (text.len == 0 || text.len > TEXT_MAX)
		return false;
	QRcode *code = QRcode_encodeString8bit(str_to_c(a, text), 0, QR_ECLEVEL_M);
	if (code == NULL)
		return false;
	struct buf b = buf_open(a, 16 * 1024, PATH_MAX_BYTES);
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			if ((code->data[y * code->width + x] & 1) != 0)
				buf_addf(&b, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
	*size = code->width + 2 * QUIET;
	QRcode_free(code);
	*path = buf_str(&b);
	return buf_ok(&b);
}
