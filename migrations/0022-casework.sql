-- The desk's side of requests: who has a case, what was asked of other units, what supervisors saw.

-- Who of the unit has the case; 0: nobody has claimed it. Beside the due day, so that a person's queue
-- is one stretch of an index.
ALTER TABLE request ADD COLUMN handler_id @int@ NOT NULL DEFAULT 0;
CREATE INDEX request_queue ON request (unit_id, handler_id, due_on, id) WHERE closed_on IS NULL;
CREATE INDEX request_due ON request (due_on, id) WHERE closed_on IS NULL;
-- Answered, and still to be served or filed.
CREATE INDEX request_unfiled ON request (unit_id, id) WHERE state = 'decided' OR state = 'served';
-- How fast units answer, year by year; and the list behind each figure.
CREATE INDEX request_pace ON request (closed_year, unit_id, closed_on, id, due_on, received_on) WHERE closed_on IS NOT NULL;

-- Remarks among colleagues, and reminders; never shown to anybody else.
CREATE TABLE case_note (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	account_id @int@ NOT NULL,
	person TEXT NOT NULL,
	at @int@ NOT NULL,
	kind TEXT NOT NULL CHECK (kind = 'note' OR kind = 'reminder'),
	text TEXT NOT NULL,                   -- may name persons: the ledger holds a commitment to it
	salt TEXT NOT NULL
) @strict@;
CREATE INDEX case_note_by_request ON case_note (request_id, id);

-- Asked of another unit, or of an office of the own one: its own day, its own answer.
CREATE TABLE case_task (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	asking_unit @int@ NOT NULL,
	unit_id @int@ NOT NULL REFERENCES unit (id), -- who is asked
	office TEXT NOT NULL,                 -- of that unit, or empty
	question TEXT NOT NULL,
	salt TEXT NOT NULL,
	asked_by @int@ NOT NULL,
	asked_person TEXT NOT NULL,
	asked_on TEXT NOT NULL,
	due_on TEXT NOT NULL,
	answer TEXT NOT NULL,
	answered_on TEXT,
	answered_person TEXT NOT NULL,
	withdrawn_on TEXT,
	reminded_on TEXT,
	reminders @int@ NOT NULL,
	version @int@ NOT NULL
) @strict@;
CREATE INDEX case_task_by_request ON case_task (request_id, id);
CREATE INDEX case_task_open ON case_task (unit_id, due_on, id) WHERE answered_on IS NULL AND withdrawn_on IS NULL;
CREATE INDEX case_task_asked ON case_task (asking_unit, due_on, id) WHERE answered_on IS NULL AND withdrawn_on IS NULL;
CREATE INDEX case_task_due ON case_task (due_on, id) WHERE answered_on IS NULL AND withdrawn_on IS NULL;
CREATE INDEX case_task_by_unit ON case_task (unit_id, id);

-- 督办 (Art. 47): a supervisor's letter to a unit, with a day by which it answers.
CREATE TABLE case_order (
	id @id@,
	year @int@ NOT NULL,
	serial @int@ NOT NULL,                -- of the year, without gaps
	unit_id @int@ NOT NULL REFERENCES unit (id),
	request_id @int@ REFERENCES request (id),
	text TEXT NOT NULL,
	salt TEXT NOT NULL,
	issued_person TEXT NOT NULL,
	issued_on TEXT NOT NULL,
	due_on TEXT NOT NULL,
	answer TEXT NOT NULL,
	answered_on TEXT,
	answered_person TEXT NOT NULL,
	closed_on TEXT,
	version @int@ NOT NULL,
	UNIQUE (year, serial)
) @strict@;
CREATE INDEX case_order_by_unit ON case_order (unit_id, id);
CREATE INDEX case_order_by_request ON case_order (request_id, id);
CREATE INDEX case_order_open ON case_order (unit_id, due_on, id) WHERE closed_on IS NULL;

-- A warning card that was issued: once for each card and due day.
CREATE TABLE case_card (
	request_id @int@ NOT NULL REFERENCES request (id),
	card TEXT NOT NULL CHECK (card = 'yellow' OR card = 'red' OR card = 'black'),
	due_on TEXT NOT NULL,
	issued_on TEXT NOT NULL,
	PRIMARY KEY (request_id, card, due_on)
) @strict@;

-- Filters that somebody keeps under a name.
CREATE TABLE case_filter (
	id @id@,
	account_id @int@ NOT NULL REFERENCES account (id),
	name TEXT NOT NULL,
	query TEXT NOT NULL,                  -- as after the ? of the list's address
	UNIQUE (account_id, name)
) @strict@;

-- One act upon many cases, and what became of each.
CREATE TABLE case_batch (
	id @id@,
	account_id @int@ NOT NULL,
	unit_id @int@ NOT NULL,
	person TEXT NOT NULL,
	act TEXT NOT NULL,
	at @int@ NOT NULL
) @strict@;
CREATE INDEX case_batch_by_time ON case_batch (at);
CREATE TABLE case_batch_line (
	batch_id @int@ NOT NULL REFERENCES case_batch (id),
	line @int@ NOT NULL,
	request_id @int@ NOT NULL,
	number TEXT NOT NULL,
	done @int@ NOT NULL CHECK (done IN (0, 1)),
	result TEXT NOT NULL,                 -- a sentence
	PRIMARY KEY (batch_id, line)
) @strict@;

-- Likeness of what is asked for: bands of a min-hash of its pairs of characters. A view of request.content.
CREATE TABLE case_band (
	unit_id @int@ NOT NULL,
	hash @int@ NOT NULL,
	request_id @int@ NOT NULL,
	PRIMARY KEY (unit_id, hash, request_id)
) @strict@;
CREATE TABLE case_alike (
	request_id @int@ NOT NULL,
	other_id @int@ NOT NULL,
	score @int@ NOT NULL,                 -- hundredths
	PRIMARY KEY (request_id, other_id)
) @strict@;
-- Cases of one unit that ask for the same (Art. 44): each belongs to the earliest like it.
CREATE TABLE case_topic (
	request_id @int@ NOT NULL PRIMARY KEY,
	topic_id @int@ NOT NULL
) @strict@;
CREATE INDEX case_topic_members ON case_topic (topic_id, request_id);
CREATE TABLE case_hint (
	topic_id @int@ NOT NULL PRIMARY KEY,
	unit_id @int@ NOT NULL,
	requests @int@ NOT NULL,
	state TEXT NOT NULL CHECK (state = 'open' OR state = 'published' OR state = 'kept'),
	reason TEXT NOT NULL
) @strict@;
CREATE INDEX case_hint_open ON case_hint (unit_id, topic_id) WHERE state = 'open';
