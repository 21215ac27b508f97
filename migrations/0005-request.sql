-- Requests for disclosure (条例 Art. 27-45): the facts of each, and what the figures count. (Lists of
-- words are chains of OR: SQLite builds a table for each IN of a CHECK, for every row inserted.)
CREATE TABLE request (
	id @id@,
	number TEXT NOT NULL,                 -- registration number, of the unit's own series
	unit_id @int@ NOT NULL REFERENCES unit (id),
	channel TEXT NOT NULL CHECK (channel = 'in_person' OR channel = 'registered_mail' OR channel = 'ordinary_mail'
		OR channel = 'fax' OR channel = 'web' OR channel = 'email' OR channel = 'oral'),
	applicant TEXT NOT NULL CHECK (applicant = 'natural_person' OR applicant = 'commercial_enterprise'
		OR applicant = 'research_institution' OR applicant = 'public_welfare_org'
		OR applicant = 'legal_service_org' OR applicant = 'other_org'), -- class; the column of table 三
	submitted_on TEXT NOT NULL,
	received_on TEXT,                     -- Art. 31; unknown until confirmed
	received_year @int@,
	clock_from TEXT,                      -- R: received_on, or the day of correction or payment
	content TEXT NOT NULL,                -- may name persons: the ledger holds a commitment to it
	salt TEXT NOT NULL,                   -- of that commitment
	state TEXT NOT NULL CHECK (state = 'confirming' OR state = 'handling' OR state = 'correcting' OR state = 'inquiring'
		OR state = 'unpaid' OR state = 'decided' OR state = 'served' OR state = 'closed'),
	extension @int@ NOT NULL CHECK (extension BETWEEN 0 AND 20), -- working days granted (Art. 33)
	correction_sent_on TEXT,              -- a correction was asked (once, Art. 30)
	correction_until TEXT,                -- and its period
	outcome TEXT,                         -- the line of table 三, finer form
	decision TEXT NOT NULL,               -- kind of decision, or empty
	decided_on TEXT,
	closed_on TEXT,
	closed_year @int@,
	served_on TEXT,
	filed_on TEXT,
	due_on TEXT,                          -- of the reply; unknown while the clock stands or past the calendar
	form_id TEXT,                         -- the form that registered it: sent twice, registered once
	version @int@ NOT NULL,
	changed_seq @int@ NOT NULL,           -- ledger position of the last change of a counted fact
	UNIQUE (number, unit_id),
	CHECK ((received_on IS NULL) = (received_year IS NULL)),
	CHECK ((closed_on IS NULL) = (closed_year IS NULL)),
	CHECK ((closed_on IS NULL) = (outcome IS NULL))
) @strict@;
CREATE UNIQUE INDEX request_by_form ON request (form_id) WHERE form_id IS NOT NULL;
CREATE INDEX request_new ON request (received_year, unit_id, applicant, id);
CREATE INDEX request_closed ON request (closed_year, unit_id, applicant, outcome, id);
-- Those that were open at the end of some year: few, so carrying over never reads the rest.
CREATE INDEX request_spanning ON request (received_year, closed_year, unit_id, applicant)
	WHERE closed_year IS NULL OR closed_year <> received_year;
CREATE INDEX request_by_unit ON request (unit_id, id);
CREATE INDEX request_open ON request (unit_id, due_on, id) WHERE closed_on IS NULL;

-- Counted facts as they were before a change: valid from seq_from up to before seq_to.
CREATE TABLE request_history (
	request_id @int@ NOT NULL REFERENCES request (id),
	seq_from @int@ NOT NULL,
	seq_to @int@ NOT NULL,
	unit_id @int@ NOT NULL,
	applicant TEXT NOT NULL,
	outcome TEXT,
	received_year @int@,
	closed_year @int@,
	PRIMARY KEY (request_id, seq_to)
) @strict@;
CREATE INDEX request_history_by_seq ON request_history (seq_to, seq_from);

-- Opinions asked of third parties, joint makers and other agencies (Art. 32-34): the clock stands meanwhile.
CREATE TABLE request_inquiry (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	kind TEXT NOT NULL CHECK (kind IN ('third_party', 'joint_maker', 'other_agency')),
	sent_on TEXT NOT NULL,
	back_on TEXT
) @strict@;
CREATE INDEX request_inquiry_by_request ON request_inquiry (request_id, id);

-- 信息处理费 (Art. 42; from 2021-01-01).
CREATE TABLE request_fee (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	served_on TEXT NOT NULL,
	pay_until TEXT NOT NULL,
	fen @int@ NOT NULL CHECK (fen > 0),
	paid_on TEXT
) @strict@;
CREATE INDEX request_fee_by_request ON request_fee (request_id, id);

-- One series of numbers per unit and year, without gaps.
CREATE TABLE request_number (
	unit_id @int@ NOT NULL REFERENCES unit (id),
	year @int@ NOT NULL,
	last @int@ NOT NULL,
	PRIMARY KEY (unit_id, year)
) @strict@;
