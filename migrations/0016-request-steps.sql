-- The law's steps of a request: corrections, reasons, inquiries, extension, splitting, and what each unit
-- has settled where the law leaves it open.

-- Art. 35, beside the state; '' while no reasons were asked for.
ALTER TABLE request ADD COLUMN reasons TEXT NOT NULL DEFAULT '' CHECK (reasons = '' OR reasons = 'asked'
	OR reasons = 'given' OR reasons = 'reasonable' OR reasons = 'unreasonable' OR reasons = 'delayed');

-- Art. 30: one notice for a request. What is written here may name persons: the ledger holds a commitment.
CREATE TABLE request_correction (
	request_id @int@ PRIMARY KEY REFERENCES request (id),
	points TEXT NOT NULL,                 -- one a line
	guidance TEXT NOT NULL,
	notice_salt TEXT NOT NULL,
	answer TEXT,
	answer_salt TEXT
) @strict@;

CREATE TABLE request_explanation (
	request_id @int@ PRIMARY KEY REFERENCES request (id),
	asked_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	since_on TEXT NOT NULL,               -- the requests that exceed reason: from, to, how many
	till_on TEXT NOT NULL,
	requests @int@ NOT NULL CHECK (requests >= 2),
	stands @int@ NOT NULL CHECK (stands = 0 OR stands = 1),
	given_on TEXT,
	reasons TEXT,
	salt TEXT,
	judged_on TEXT,
	judgement TEXT,
	delayed_until TEXT,
	delay_told_on TEXT
) @strict@;

-- Art. 32 to 34: whom, what, and the answer. '' and unknown where an inquiry is from before this.
ALTER TABLE request_inquiry ADD COLUMN target TEXT NOT NULL DEFAULT '';
ALTER TABLE request_inquiry ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE request_inquiry ADD COLUMN asked TEXT NOT NULL DEFAULT '';
ALTER TABLE request_inquiry ADD COLUMN salt TEXT NOT NULL DEFAULT '';
ALTER TABLE request_inquiry ADD COLUMN delivered_on TEXT;
ALTER TABLE request_inquiry ADD COLUMN last_on TEXT;
ALTER TABLE request_inquiry ADD COLUMN answer TEXT;
ALTER TABLE request_inquiry ADD COLUMN opinion TEXT NOT NULL DEFAULT '';
ALTER TABLE request_inquiry ADD COLUMN opinion_salt TEXT NOT NULL DEFAULT '';
ALTER TABLE request_inquiry ADD COLUMN told_on TEXT;
ALTER TABLE request_inquiry ADD COLUMN told_reason TEXT NOT NULL DEFAULT '';

-- Art. 33(2). decided_on without approved: it was not agreed to.
CREATE TABLE request_extension (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	days @int@ NOT NULL CHECK (days BETWEEN 1 AND 20),
	reason TEXT NOT NULL,
	proposed_on TEXT NOT NULL,
	proposed_by @int@ NOT NULL,           -- account; 0: the program itself
	decided_on TEXT,
	decided_by @int@,
	approved @int@ NOT NULL CHECK (approved = 0 OR approved = 1),
	told_on TEXT
) @strict@;
CREATE INDEX request_extension_by_request ON request_extension (request_id, id);

-- 一事一申请: the form as it came; id is that of the request that bore it first.
CREATE TABLE request_whole (
	id @int@ PRIMARY KEY REFERENCES request (id),
	content TEXT NOT NULL,
	salt TEXT NOT NULL
) @strict@;
CREATE TABLE request_part (
	whole_id @int@ NOT NULL REFERENCES request_whole (id),
	part @int@ NOT NULL,
	request_id @int@ NOT NULL UNIQUE REFERENCES request (id),
	PRIMARY KEY (whole_id, part)
) @strict@;

CREATE TABLE request_practice (
	unit_id @int@ PRIMARY KEY REFERENCES unit (id),
	correction_days @int@ NOT NULL CHECK (correction_days BETWEEN 1 AND 60),
	reasons_days @int@ NOT NULL CHECK (reasons_days BETWEEN 1 AND 60),
	reasons_stop @int@ NOT NULL CHECK (reasons_stop = 0 OR reasons_stop = 1)
) @strict@;
