"""Transcripts as other programs write them."""

from __future__ import annotations

ZOOM = """\
WEBVTT\r
\r
1\r
00:00:01.000 --> 00:00:03.000\r
Dr. Anna Kim: Why here?\r
\r
2\r
00:00:04.000 --> 00:00:08.000\r
Omar Haddad: Well: I like it.\r
\r
3\r
00:00:08.500 --> 00:00:10.000\r
Omar Haddad: Really.\r
"""
TEAMS = """\
WEBVTT

1b5a-77/12-0
00:00:01.000 --> 00:00:03.000
<v Kim, Anna>Why &amp; where?</v>

1b5a-77/12-1
00:00:04.000 --> 00:00:08.000
<v Omar Haddad>I like
it.</v>
"""
SRT = """\
1
00:00:01,000 --> 00:00:03,000
<i>I did</i> it.{\\an8}

2
00:00:03,500 --> 00:00:04,000 X1:40 X2:600
It was
enough.
"""
SBV = """\
0:00:01.000,0:00:03.000
>> ANNA: hi there

0:00:04.000,0:00:05.000
>> OMAR: hello
"""
OTTER = """\
Anna Kim  0:00
Why here?

Omar  0:04
I like it. Note: it is so.
More of it.

Anna Kim  0:20
Thanks.

Transcribed by https://otter.ai
"""
MEET = """\
Interview (2026-03-01 at 10:00 GMT) - Transcript
Attendees
Anna Kim, Omar Haddad
Transcript
00:00:00

Anna Kim: Why here?
Omar Haddad: Because of the clinic.
00:05:00

Anna Kim: And then?
Omar Haddad: Then I would stay.
Meeting ended after 00:10:00
"""
ROLLING = """\
WEBVTT
Kind: captions
Language: en

STYLE
::cue { color: red }

00:00:00.000 --> 00:00:02.000 align:start position:0%

hello<00:00:00.500><c> dear</c>

00:00:02.000 --> 00:00:02.010
hello dear

00:00:02.010 --> 00:00:04.000
hello dear
world<00:00:03.000><c> too</c>

NOTE that is all
"""
TALKS = {
    "Zoom, captions that were saved": """\
[Anna Kim] 17:43:02
Why here?

[Omar Haddad] 17:43:10
I like it.
Really.

[Anna Kim] 17:43:30
Thanks.
""",
    "Teams, a document as text": """\
Mock interview-20251104_150000-Meeting Transcript
November 4, 2025, 3:00PM
32m 5s

Anna Kim started transcription

Anna Kim   0:03
Why here?

Omar Haddad   0:12
I like it. Really.

Anna Kim   0:40
Thanks.

Anna Kim stopped transcription
""",
    "Teams, an older document": """\
0:0:0.0 --> 0:0:3.340
Anna Kim
Why here?
0:0:4.10 --> 0:0:9.340
Omar Haddad
I like it.
Really.
0:0:9.900 --> 0:0:13.340
Anna Kim
Thanks.
""",
    "Teams, copied from its page": """\
Anna Kim
0 minutes 3 seconds0:03
Anna Kim 0 minutes 3 seconds
Why here?
Omar Haddad
0 minutes 12 seconds0:12
Omar Haddad 0 minutes 12 seconds
I like it.
Omar Haddad 0 minutes 20 seconds
Really.
Anna Kim
1 minute 3 seconds1:03
Anna Kim 1 minute 3 seconds
Thanks.
""",
    "Meet, captions of a recording": """\
WEBVTT

00:00:01.000 --> 00:00:04.000
(Anna Kim)
Why here?
-

(Omar Haddad)
I like

00:00:04.000 --> 00:00:08.000
(Omar Haddad)
it. Really.

00:00:08.000 --> 00:00:09.000
(Anna Kim)
Thanks.
""",
    "Webex": """\
WEBVTT

1 "Anna Kim" (2034543)
00:00:01.000 --> 00:00:03.000
Why here?

2 "Omar Haddad" (2034544)
00:00:04.000 --> 00:00:08.000
I like it. Really.

3 "Anna Kim" (2034543)
00:00:09.000 --> 00:00:10.000
Thanks.
""",
    "Fathom": """\
Mock interview - March 01
VIEW RECORDING - 12 mins

---

0:03 - Anna Kim
  Why here?

0:12 - Omar Haddad
  I like it. Really.

0:40 - Anna Kim
  Thanks.
""",
    "Rev": """\
Anna Kim (00:03):
Why here?

Omar Haddad (00:12):
I like it. Really.

Anna Kim (00:40):
Thanks.
""",
    "Otter, subtitles without empty lines": """\
1
00:00:00,000 --> 00:00:03,000
Anna Kim: Why
here?
2
00:00:04,000 --> 00:00:07,000
Omar Haddad: I like it.
3
00:00:07,000 --> 00:00:09,000
Really.
4
00:00:10,000 --> 00:00:12,000
Anna Kim: Thanks.
""",
}
"""The same talk, as each of these programs writes it."""
