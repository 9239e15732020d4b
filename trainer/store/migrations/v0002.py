"""Version 2: spoken answers.

`recording` is the name of a file in the folder of recordings; `heard` is JSON: the words of a
spoken answer as the recogniser gave them, NULL for a typed one.
"""

STATEMENTS = (
    "ALTER TABLE attempts ADD COLUMN recording TEXT",
    "ALTER TABLE drafts ADD COLUMN recording TEXT",
    "ALTER TABLE drafts ADD COLUMN heard TEXT",
)
