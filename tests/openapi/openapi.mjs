// openapi.mjs - reads `gongkai routes --openapi` from stdin and judges it.
import { Validator } from '@seriousme/openapi-schema-validator';
import { text as whole } from 'node:stream/consumers';

const tests = [];
const text = await whole(process.stdin);
const api = JSON.parse(text);
const test = (name, ok, why) => tests.push({ name, ok, why });

const judged = await new Validator().validate(JSON.parse(text));
test('it is valid OpenAPI 3.1', judged.valid && api.openapi.startsWith('3.1'), JSON.stringify(judged.errors));

const operations = Object.entries(api.paths).flatMap(([path, item]) =>
	Object.entries(item).map(([method, op]) => ({ path, method, op })));
const ids = operations.map(({ op }) => op.operationId);
test('every operation has an id of its own', new Set(ids).size === ids.length);

const undeclared = operations.filter(({ path, op }) =>
	[...path.matchAll(/\{(\w+)\}/g)].some(([, name]) =>
		!op.parameters.some((p) => p.in === 'path' && p.name === name && p.required)));
test('every {name} of a path is a parameter', undeclared.length === 0, undeclared.map((o) => o.path).join(' '));

const posts = operations.filter(({ method }) => method === 'post');
test('there are posts, and each takes JSON or files', posts.length > 20 &&
	posts.every(({ op }) => 'application/json' in op.requestBody.content || 'multipart/form-data' in op.requestBody.content));
test('each post says what a wrong field answers', posts.every(({ op }) =>
	'application/problem+json' in op.responses['422'].content));

const found = (ref) => ref.slice(2).split('/').reduce((at, key) => at?.[key], api);
const refs = [...text.matchAll(/"\$ref": "([^"]+)"/g)].map(([, ref]) => ref);
test('every reference leads somewhere', refs.length > 0 && refs.every(found));

let failed = 0;
tests.forEach(({ name, ok, why }, i) => {
	console.log(`${ok ? 'ok' : 'not ok'} ${i + 1} - openapi: ${name}`);
	if (!ok) { failed++; console.log(`# ${why ?? ''}`); }
});
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
