-- A project as Taguette exports it. Offsets count the bytes of the text nodes.
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
CREATE TABLE users (login VARCHAR(30) NOT NULL, created DATETIME NOT NULL, hashed_password VARCHAR(192), CONSTRAINT pk_users PRIMARY KEY (login));
INSERT INTO users VALUES ('admin', '2026-03-01 08:00:00.000000', NULL);
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL, description TEXT NOT NULL, created DATETIME NOT NULL);
INSERT INTO projects VALUES (1, 'Port', 'Talks about the port.', '2026-03-01 08:00:00.000000');
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL, description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, project_id INTEGER NOT NULL, text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
INSERT INTO documents VALUES (1, 'Plenary', 'First round.', 'plenary.docx', '2026-03-01 09:00:00.000000', 1, 'LEFT_TO_RIGHT',
  '<h1>Plenary</h1>' || char(10) || '<p>Über 👩‍🚀: <strong>we  demand</strong> lower fees &amp; dues.</p>' || char(10) || '<ul>' || char(10) || '<li>They refuse.</li>' || char(10) || '</ul>');
INSERT INTO documents VALUES (2, 'Empty', '', 'empty.txt', '2026-03-01 09:00:00.000000', 1, 'LEFT_TO_RIGHT', '<p></p>');
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, path VARCHAR(200) NOT NULL, description TEXT NOT NULL, CONSTRAINT uq_tags_project_id UNIQUE (project_id, path));
INSERT INTO tags VALUES (1, 1, 'move', 'What they do'), (2, 1, 'move.hard.demand', 'Asks'), (3, 1, 'reply', ''), (4, 1, 'unused', 'no highlight');
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
-- "Plenary\nÜber 👩‍🚀: we  demand lower fees & dues.\n\nThey refuse.\n": 26 bytes to "we".
INSERT INTO highlights VALUES (1, 1, 27, 48, '<p><strong>we  demand</strong> lower fees</p>');
INSERT INTO highlights VALUES (2, 1, 57, 71, '<ul><li>They refuse.</li></ul>');
INSERT INTO highlights VALUES (3, 1, 8, 13, '<p>Über</p>');
INSERT INTO highlights VALUES (4, 1, 0, 3, '<p>other words</p>');
INSERT INTO highlights VALUES (5, 9, 0, 3, 'x');
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, CONSTRAINT pk_highlight_tags PRIMARY KEY (highlight_id, tag_id));
INSERT INTO highlight_tags VALUES (1, 2), (1, 1), (2, 3), (4, 1), (1, 77);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL, user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
INSERT INTO commands VALUES (1, '2026-03-02 10:00:00.123456', 'admin', 1, 1, '{"type": "highlight_add", "highlight_id": 1, "start_offset": 26, "end_offset": 47, "tags": [1, 2]}');
INSERT INTO commands VALUES (2, '2026-03-02 11:00:00.123456', 'bo', 1, 1, '{"type": "highlight_add", "highlight_id": 2, "tags": [3]}');
INSERT INTO commands VALUES (3, '2026-03-02 12:00:00.123456', 'bo', 1, NULL, '{"type": "tag_add", "tag_id": 3}');
INSERT INTO commands VALUES (4, '2026-03-02 12:00:00.123456', 'bo', 1, NULL, 'not JSON');
