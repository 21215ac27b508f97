-- Official letters (条例 Art. 30-44): who writes them, their words, their numbers, and the letters themselves.

-- Who writes. A unit without a row is written by its own name.
CREATE TABLE letter_head (
	unit_id @int@ NOT NULL PRIMARY KEY REFERENCES unit (id),
	full_name TEXT NOT NULL,              -- over the date and in the head
	mark TEXT NOT NULL,                   -- 代字 of its numbers
	series TEXT NOT NULL CHECK (series IN ('unit', 'group')),
	style TEXT NOT NULL CHECK (style IN ('plain', 'red', 'letter')),
	contact TEXT NOT NULL,
	phone TEXT NOT NULL,
	address TEXT NOT NULL,
	channel TEXT NOT NULL,                -- for reconsideration over the internet (行政复议法（2023） Art. 22)
	justice @int@ NOT NULL CHECK (justice IN (0, 1))
) @strict@;

-- Organs above and courts that remedies name, with the days they hold for. unit_id unknown: the whole site.
CREATE TABLE remedy_body (
	id @id@,
	unit_id @int@ REFERENCES unit (id),
	role TEXT NOT NULL CHECK (role IN ('superior_government', 'superior_department', 'court')),
	name TEXT NOT NULL,
	from_on TEXT NOT NULL,
	until_on TEXT
) @strict@;
CREATE INDEX remedy_body_by_unit ON remedy_body (unit_id);

-- Doubts about reconsideration before court, each decided by an office for a time.
CREATE TABLE remedy_switch (
	name TEXT NOT NULL PRIMARY KEY,
	from_on TEXT,                         -- unknown: never
	until_on TEXT
) @strict@;

-- Every version that was ever saved. An empty text is a return to the built-in words.
CREATE TABLE letter_template (
	id @id@,
	unit_id @int@ NOT NULL REFERENCES unit (id),
	kind TEXT NOT NULL,
	from_on TEXT NOT NULL,
	content TEXT NOT NULL,
	saved_at @int@ NOT NULL,
	saved_by TEXT NOT NULL
) @strict@;
CREATE INDEX letter_template_in_force ON letter_template (unit_id, kind, from_on, id);

-- One series of numbers per unit (or unit and group) and year, without gaps.
CREATE TABLE letter_series (
	unit_id @int@ NOT NULL REFERENCES unit (id),
	series TEXT NOT NULL,
	year @int@ NOT NULL,
	last @int@ NOT NULL,
	PRIMARY KEY (unit_id, series, year)
) @strict@;

CREATE TABLE letter (
	id @id@,
	unit_id @int@ NOT NULL REFERENCES unit (id),
	kind TEXT NOT NULL,
	subject_kind TEXT NOT NULL,
	subject_id @int@ NOT NULL,
	addressee @blob@ NOT NULL,            -- sealed (base/vault.h), as all that may name people
	addressee_is TEXT NOT NULL CHECK (addressee_is IN ('person', 'organisation', 'agency')),
	state TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'discarded')),
	dated TEXT NOT NULL,
	online @int@ NOT NULL CHECK (online IN (0, 1)),
	title TEXT NOT NULL,
	content @blob@ NOT NULL,              -- sealed; a line is a paragraph; live fields stand in a draft only
	attachments @blob@ NOT NULL,          -- sealed; a line each
	organ TEXT NOT NULL,                  -- frozen with the text
	style TEXT NOT NULL,
	number TEXT NOT NULL,                 -- empty until issued
	series TEXT,
	series_year @int@,
	series_number @int@,
	salt TEXT NOT NULL,
	commitment TEXT NOT NULL,             -- of the frozen text, as the ledger has it
	version @int@ NOT NULL,
	UNIQUE (unit_id, series, series_year, series_number),
	CHECK ((state = 'issued') = (series IS NOT NULL)),
	CHECK ((series IS NULL) = (series_number IS NULL)),
	CHECK ((series IS NULL) = (series_year IS NULL))
) @strict@;
CREATE INDEX letter_by_subject ON letter (subject_kind, subject_id, id);
CREATE INDEX letter_by_unit ON letter (unit_id, id);

-- What a letter was merged from: item 0 is the letter, the others what it answers one by one.
CREATE TABLE letter_item (
	letter_id @int@ NOT NULL REFERENCES letter (id),
	item @int@ NOT NULL,
	kind TEXT NOT NULL,
	information @blob@ NOT NULL,          -- sealed
	PRIMARY KEY (letter_id, item)
) @strict@;
CREATE TABLE letter_fact (
	letter_id @int@ NOT NULL REFERENCES letter (id),
	item @int@ NOT NULL,
	name TEXT NOT NULL,                   -- code of a field
	value @blob@ NOT NULL,                -- sealed
	PRIMARY KEY (letter_id, item, name)
) @strict@;
