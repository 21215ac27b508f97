-- The site and its bodies (条例 Art. 4, 10, 49).
CREATE TABLE unit (
	id @id@,
	code TEXT NOT NULL UNIQUE,          -- used in registration numbers
	name TEXT NOT NULL UNIQUE,
	short_name TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('government', 'department', 'subdistrict', 'town', 'vertical', 'other')),
	parent_id @int@ REFERENCES unit (id),
	reports @int@ NOT NULL CHECK (reports IN (0, 1)),
	closed_on TEXT
) @strict@;
CREATE INDEX unit_by_short_name ON unit (short_name, id);
CREATE INDEX unit_by_parent ON unit (parent_id, code);

-- One row: what the portal calls itself.
CREATE TABLE site (
	id @int@ PRIMARY KEY CHECK (id = 1),
	name TEXT NOT NULL,
	platform_name TEXT NOT NULL,
	url TEXT NOT NULL,
	office_name TEXT NOT NULL,
	contact TEXT NOT NULL,
	sample @int@ NOT NULL CHECK (sample IN (0, 1))
) @strict@;

-- Whose figures are counted elsewhere, with the reason (printed in part six of the report).
CREATE TABLE scope_note (
	id @id@,
	body_name TEXT NOT NULL,
	counted_by TEXT NOT NULL,
	reason TEXT NOT NULL,
	from_year @int@ NOT NULL,
	until_year @int@
) @strict@;
CREATE INDEX scope_note_by_year ON scope_note (from_year, body_name);
