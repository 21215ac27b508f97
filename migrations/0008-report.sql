-- Annual reports (条例 Art. 49, 50): the words, the figures as frozen at approval, errata.
CREATE TABLE report (
	id @id@,
	unit_id @int@ NOT NULL REFERENCES unit (id),
	year @int@ NOT NULL,
	form TEXT NOT NULL CHECK (form IN ('2019', '2021')),
	rolls_up @int@ NOT NULL CHECK (rolls_up IN (0, 1)), -- the government's own: the sum of all units
	state TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'approved', 'published')),
	version @int@ NOT NULL,
	edited_by @int@ NOT NULL,             -- account of the last editor, who may not approve
	approved_by @int@,
	approved_on TEXT,
	published_on TEXT,
	-- As printed, kept from approval on: a body renamed later does not rewrite its old reports.
	frozen_seq @int@,                     -- ledger position the figures were counted at
	unit_name TEXT,
	unit_short_name TEXT,
	office_name TEXT,
	contact TEXT,
	check_code TEXT,
	UNIQUE (year, unit_id)
) @strict@;
CREATE INDEX report_by_unit ON report (unit_id, year);
CREATE INDEX report_published ON report (published_on, id) WHERE published_on IS NOT NULL;

-- Every version of every part: the last one counts.
CREATE TABLE report_part (
	report_id @int@ NOT NULL REFERENCES report (id),
	part @int@ NOT NULL CHECK (part BETWEEN 1 AND 6),
	version @int@ NOT NULL,
	text TEXT NOT NULL,
	edited_by @int@ NOT NULL,
	edited_at @int@ NOT NULL,
	PRIMARY KEY (report_id, part, version)
) @strict@;

-- Findings that a person has answered for, with the reason.
CREATE TABLE report_waiver (
	report_id @int@ NOT NULL REFERENCES report (id),
	finding TEXT NOT NULL,
	reason TEXT NOT NULL,
	waived_by @int@ NOT NULL,
	waived_at @int@ NOT NULL,
	PRIMARY KEY (report_id, finding)
) @strict@;

-- The cells as counted when approved; kind 'last': of the year before, for growth.
CREATE TABLE report_figure (
	report_id @int@ NOT NULL REFERENCES report (id),
	kind TEXT NOT NULL CHECK (kind IN ('this', 'last')),
	cell TEXT NOT NULL,                   -- t3.granted.total
	hundredths @int@,                     -- NULL: left blank
	PRIMARY KEY (report_id, kind, cell)
) @strict@;

-- Scope notes as printed in part six.
CREATE TABLE report_note (
	report_id @int@ NOT NULL REFERENCES report (id),
	position @int@ NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (report_id, position)
) @strict@;

-- What the government's report was merged from: each unit, by its own approved report or counted.
CREATE TABLE report_source (
	report_id @int@ NOT NULL REFERENCES report (id),
	unit_id @int@ NOT NULL REFERENCES unit (id),
	from_report_id @int@ REFERENCES report (id),
	PRIMARY KEY (report_id, unit_id)
) @strict@;
CREATE INDEX report_source_by_unit ON report_source (unit_id);
CREATE INDEX report_source_by_from ON report_source (from_report_id);

-- The units' cells behind each merged figure; cells of 0 are left out.
CREATE TABLE report_merged (
	report_id @int@ NOT NULL REFERENCES report (id),
	cell TEXT NOT NULL,
	unit_id @int@ NOT NULL REFERENCES unit (id),
	hundredths @int@ NOT NULL,
	PRIMARY KEY (report_id, cell, unit_id)
) @strict@;
CREATE INDEX report_merged_by_unit ON report_merged (unit_id, report_id);

-- Corrections after publication, each with its number, day and reason.
CREATE TABLE report_erratum (
	id @id@,
	report_id @int@ NOT NULL REFERENCES report (id),
	number @int@ NOT NULL,
	corrected_on TEXT NOT NULL,
	reason TEXT NOT NULL,
	made_by @int@ NOT NULL,
	UNIQUE (report_id, number)
) @strict@;

CREATE TABLE report_erratum_figure (
	erratum_id @int@ NOT NULL REFERENCES report_erratum (id),
	cell TEXT NOT NULL,
	value_before @int@,
	value_after @int@,
	PRIMARY KEY (erratum_id, cell)
) @strict@;
