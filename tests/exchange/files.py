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
