"""Two drafts of one screenplay."""

FIRST = """Title: Lamp

INT. KITCHEN - NIGHT

Brown-eyed MARA, in a yellow coat, waits by the window.

MARA
It is late, and nobody has come up the road.

EXT. PIER - DAY

THEO, blue-eyed, in a black jacket, mends a net.

THEO
The boats went out without her this morning.

INT. CHAPEL - NIGHT

YOUNG MARA, in a red dress, lights a candle.
"""
# The kitchen is as it was, the pier is rewritten, the chapel is cut, the station is new and comes between.
SECOND = """Title: Lamp

INT. KITCHEN - NIGHT

Brown-eyed MARA, in a yellow coat, waits by the window.

MARA
It is late, and nobody has come up the road.

INT. STATION - DAY

IDA, in a green coat, reads a letter.

EXT. PIER - DAY

THEO, blue-eyed, in a white jacket, mends a net.

THEO
The boats went out without her this morning.

THEO
And they will come back without her.
"""
