// png.mjs - makes a screenshot small: a palette of at most 256 colours, packed as tightly as zlib can.
import { deflateSync, inflateSync } from 'node:zlib';

// Node.js 18 has none.
const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
	for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
	return n;
});
const crc32 = (bytes) => (bytes.reduce((crc, byte) => CRC[(crc ^ byte) & 255] ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunksOf(png) {
	const chunks = [];
	for (let at = 8; at < png.length;) {
		const length = png.readUInt32BE(at);
		chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
		at += 12 + length;
	}
	return chunks;
}

function paeth(a, b, c) {
	const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c);
	if (pa <= pb && pa <= pc) return a;
	return pb <= pc ? b : c;
}

/* Rows of bytes, as they were before the filters of the format. */
function pixelsOf(data, width, height, channels) {
	const stride = width * channels, out = Buffer.alloc(stride * height);
	for (let y = 0; y < height; y++) {
		const filter = data[y * (stride + 1)];
		for (let x = 0; x < stride; x++) {
			const left = x >= channels ? out[y * stride + x - channels] : 0;
			const up = y > 0 ? out[(y - 1) * stride + x] : 0;
			const corner = y > 0 && x >= channels ? out[(y - 1) * stride + x - channels] : 0;
			const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
			out[y * stride + x] = (data[y * (stride + 1) + 1 + x] + guess) & 255;
		}
	}
	return out;
}

/* Colours are rounded until there are few enough of them; white and black stay what they are. */
function palette(pixels, channels) {
	for (let bits = 6; ; bits--) {
		const most = (1 << bits) - 1, index = new Map(), at = Buffer.alloc(pixels.length / channels);
		const round = (v) => Math.round(Math.round((v * most) / 255) * (255 / most));
		for (let i = 0; i < at.length && index.size <= 256; i++) {
			const key = (round(pixels[i * channels]) << 16) | (round(pixels[i * channels + 1]) << 8) | round(pixels[i * channels + 2]);
			if (!index.has(key)) index.set(key, index.size);
			at[i] = index.get(key);
		}
		if (index.size <= 256) return { colours: [...index.keys()], at };
	}
}

function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]), out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length);
	body.copy(out, 4);
	out.writeUInt32BE(crc32(body), body.length + 4);
	return out;
}

/* An 8-bit RGB or RGBA file, not interlaced, as browsers write it. */
export function small(png) {
	const chunks = chunksOf(png), head = chunks.find((c) => c.type === 'IHDR').data;
	const width = head.readUInt32BE(0), height = head.readUInt32BE(4), channels = head[9] === 6 ? 4 : 3;
	const raw = inflateSync(Buffer.concat(chunks.filter((c) => c.type === 'IDAT').map((c) => c.data)));
	const { colours, at } = palette(pixelsOf(raw, width, height, channels), channels);
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++) at.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
	const ihdr = Buffer.from(head);
	ihdr[9] = 3;
	const plte = Buffer.from(colours.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
	return Buffer.concat([SIGNATURE, chunk('IHDR', ihdr), chunk('PLTE', plte), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
