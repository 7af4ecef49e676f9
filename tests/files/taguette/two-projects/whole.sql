-- The database of a server, with two projects.
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(200) NOT NULL, description TEXT NOT NULL);
INSERT INTO projects VALUES (1, 'Port', 'About the port.'), (2, 'Fish', 'About fish.');
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(200) NOT NULL, description TEXT NOT NULL, filename VARCHAR(200), project_id INTEGER NOT NULL, contents TEXT NOT NULL);
INSERT INTO documents VALUES (1, 'One', '', NULL, 1, '<p>We demand.</p>'), (2, 'Two', '', NULL, 2, '<p>They demand.</p>');
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY, project_id INTEGER NOT NULL, path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
INSERT INTO tags VALUES (1, 1, 'demand', ''), (2, 2, 'demand', 'the same path');
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY, document_id INTEGER NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
INSERT INTO highlights VALUES (1, 1, 3, 9, '<p>demand</p>'), (2, 2, 5, 11, '<p>demand</p>');
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL);
INSERT INTO highlight_tags VALUES (1, 1), (2, 2);
