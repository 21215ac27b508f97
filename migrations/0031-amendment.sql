-- 更正 (条例 Art. 41): somebody shows that a record about oneself is wrong. No request for disclosure, so in no table of the
-- annual report, with numbers of its own. What is written is sealed (docs/decisions/0013).
CREATE TABLE amendment (
	id @id@,
	number TEXT NOT NULL UNIQUE,
	unit_id @int@ NOT NULL REFERENCES unit (id),
	channel TEXT NOT NULL,
	applicant_id @int@ NOT NULL REFERENCES identity (id),
	received_on TEXT NOT NULL,
	due_on TEXT,                          -- by the unit's practice: the law sets no limit
	record TEXT NOT NULL,                 -- which record
	wrong TEXT NOT NULL,                  -- what is wrong in it, and what is right
	evidence TEXT NOT NULL,               -- what shows that
	salt TEXT NOT NULL,                   -- of the commitment to these three
	state TEXT NOT NULL CHECK (state IN ('open', 'drafted', 'decided', 'closed')),
	result TEXT NOT NULL CHECK (result IN ('', 'corrected', 'refused', 'transferred', 'referred', 'withdrawn')),
	finding TEXT NOT NULL,
	target TEXT NOT NULL,                 -- the agency that may correct it
	target_unit @int@,                    -- if it is of this site
	origin_id @int@,                      -- transferred from
	letter_id @int@,
	decided_on TEXT,
	closed_on TEXT,                       -- served, or withdrawn
	code_hash TEXT NOT NULL,              -- keyed hash of number and query code; '' without one
	form_id TEXT UNIQUE,
	version @int@ NOT NULL
) @strict@;
CREATE INDEX amendment_by_unit ON amendment (unit_id, id);
CREATE INDEX amendment_by_code ON amendment (code_hash) WHERE code_hash <> '';
CREATE INDEX amendment_by_applicant ON amendment (applicant_id);

CREATE TABLE amendment_number (
	unit_id @int@ NOT NULL REFERENCES unit (id),
	year @int@ NOT NULL,
	last @int@ NOT NULL,
	PRIMARY KEY (unit_id, year)
) @strict@;

-- Working days within which a unit answers; without a row the default of amendment.h.
CREATE TABLE amendment_practice (
	unit_id @int@ PRIMARY KEY REFERENCES unit (id),
	days @int@ NOT NULL
) @strict@;
