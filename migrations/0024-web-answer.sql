-- Answers of machines that named an Idempotency-Key: asked again, they get the same one and nothing is done twice.
-- id and print are keyed digests; the answer is sealed under the key, which is stored nowhere.
CREATE TABLE web_answer (
	id TEXT NOT NULL PRIMARY KEY,
	print TEXT NOT NULL,        -- of the path and the body
	status @int@ NOT NULL,
	sealed @blob@ NOT NULL,
	at @int@ NOT NULL
) @strict@;
CREATE INDEX web_answer_by_time ON web_answer (at);
