-- The reply to a request: 条例第三十六条至第四十条, 第四十五条.

-- What a unit puts before a signature; without a row everything.
CREATE TABLE request_gate_setting (
	unit_id @int@ PRIMARY KEY REFERENCES unit (id),
	review @int@ NOT NULL CHECK (review IN (0, 1)),
	advice @int@ NOT NULL CHECK (advice IN (0, 1)),
	sign_off @int@ NOT NULL CHECK (sign_off IN (0, 1))
) @strict@;

CREATE TABLE request_gate (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	reply_id @int@ NOT NULL,
	gate TEXT NOT NULL CHECK (gate IN ('draft', 'review', 'advice', 'sign')),
	account_id @int@ NOT NULL,
	person TEXT NOT NULL,
	at @int@ NOT NULL,
	agrees @int@ NOT NULL CHECK (agrees IN (0, 1)),
	digest TEXT NOT NULL,                 -- SHA-256 of the words the person saw
	remark TEXT NOT NULL                  -- why it was returned; an opinion's words are not here
) @strict@;
CREATE INDEX request_gate_by_reply ON request_gate (reply_id, id);

-- One answer; a second one of a request follows a reconsideration or a judgment.
CREATE TABLE reply (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	round @int@ NOT NULL CHECK (round >= 1),
	stage TEXT NOT NULL CHECK (stage IN ('drafting', 'review', 'advice', 'signing', 'signed', 'dropped')),
	decision TEXT NOT NULL,               -- kind of the whole, or empty
	decision_reason TEXT NOT NULL,        -- why another main ground than the first in the table
	cause TEXT NOT NULL,                  -- why a second reply is made
	letter_id @int@,
	letter_basis TEXT NOT NULL,           -- digest of what the letter was merged from
	opened_at @int@ NOT NULL,
	signed_on TEXT,
	digest TEXT NOT NULL,                 -- of the words submitted
	version @int@ NOT NULL,
	changed_at @int@ NOT NULL,
	changed_by TEXT NOT NULL,
	changed_what TEXT NOT NULL,
	UNIQUE (request_id, round)
) @strict@;
CREATE INDEX reply_by_stage ON reply (stage, id) WHERE stage NOT IN ('signed', 'dropped');

-- One thing asked for, with its own finding, ground and decision (第三十七条).
CREATE TABLE reply_item (
	id @id@,
	reply_id @int@ NOT NULL REFERENCES reply (id),
	position @int@ NOT NULL,
	asked TEXT NOT NULL,
	decision TEXT NOT NULL,
	decision_reason TEXT NOT NULL         -- why not what the tests led to
) @strict@;
CREATE INDEX reply_item_by_reply ON reply_item (reply_id, position);

CREATE TABLE reply_answer (
	item_id @int@ NOT NULL REFERENCES reply_item (id) ON DELETE CASCADE,
	test TEXT NOT NULL,
	yes @int@ NOT NULL CHECK (yes IN (0, 1)),
	note TEXT NOT NULL,
	person TEXT NOT NULL,
	at @int@ NOT NULL,
	PRIMARY KEY (item_id, test)
) @strict@;

CREATE TABLE reply_fact (
	item_id @int@ NOT NULL REFERENCES reply_item (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (item_id, name)
) @strict@;

-- What is blacked out where, on which ground, by whom.
CREATE TABLE reply_redaction (
	id @id@,
	item_id @int@ NOT NULL REFERENCES reply_item (id) ON DELETE CASCADE,
	place TEXT NOT NULL,
	ground TEXT NOT NULL,
	reason TEXT NOT NULL,
	person TEXT NOT NULL,
	at @int@ NOT NULL
) @strict@;
CREATE INDEX reply_redaction_by_item ON reply_redaction (item_id, id);

-- What goes with the letter; the bytes are an attachment.
CREATE TABLE reply_enclosure (
	id @id@,
	reply_id @int@ NOT NULL REFERENCES reply (id),
	attachment_id @int@ NOT NULL,
	title TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	pages @int@ NOT NULL,
	redacted @int@ NOT NULL CHECK (redacted IN (0, 1))
) @strict@;
CREATE INDEX reply_enclosure_by_reply ON reply_enclosure (reply_id, id);

-- The legal adviser's words: privileged. The ledger has a commitment of them, made with the salt.
CREATE TABLE reply_opinion (
	id @id@,
	reply_id @int@ NOT NULL REFERENCES reply (id),
	account_id @int@ NOT NULL,
	person TEXT NOT NULL,
	at @int@ NOT NULL,
	agrees @int@ NOT NULL CHECK (agrees IN (0, 1)),
	opinion TEXT NOT NULL,
	salt TEXT NOT NULL,
	digest TEXT NOT NULL
) @strict@;
CREATE INDEX reply_opinion_by_reply ON reply_opinion (reply_id, id);

-- An attempt at service; counts_on is the day by which a reply is in time or late.
CREATE TABLE reply_service (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	reply_id @int@,                       -- unknown: decided before the case came here
	way TEXT NOT NULL CHECK (way IN ('in_person', 'post', 'email', 'web', 'fax', 'entrusted', 'notice')),
	sent_on TEXT NOT NULL,
	signed_on TEXT,
	counts_on TEXT,
	tracking TEXT NOT NULL,
	addressee TEXT NOT NULL,              -- who signed, or by whose hands
	receipt_id @int@,                     -- attachment: the proof
	failed @int@ NOT NULL CHECK (failed IN (0, 1)),
	note TEXT NOT NULL,
	person TEXT NOT NULL,
	at @int@ NOT NULL
) @strict@;
CREATE INDEX reply_service_by_request ON reply_service (request_id, id);

CREATE TABLE reply_filing (
	request_id @int@ PRIMARY KEY REFERENCES request (id),
	filed_on TEXT NOT NULL,
	archive_no TEXT NOT NULL,
	years @int@ NOT NULL CHECK (years BETWEEN 0 AND 100), -- 0: for good
	person TEXT NOT NULL,
	at @int@ NOT NULL
) @strict@;

-- Retention and the switch of counting, by unit; without a row the defaults of reply.h.
CREATE TABLE reply_setting (
	unit_id @int@ PRIMARY KEY REFERENCES unit (id),
	years @int@ NOT NULL CHECK (years BETWEEN 0 AND 100),
	given_and_missing_is_part @int@ NOT NULL CHECK (given_and_missing_is_part IN (0, 1))
) @strict@;
