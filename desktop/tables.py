"""Every table of actions: what the keys, the palette and the guide are made from."""

from desktop.actions import DESK_ACTIONS, WINDOW_ACTIONS
from desktop.graph_views import GRAPH_VIEW_ACTIONS
from desktop.looks_desk import LOOK_ACTIONS
from desktop.notes_desk import NOTE_ACTIONS
from desktop.room import ROOM_ACTIONS
from desktop.work_desk import WORK_ACTIONS

TABLES = (WINDOW_ACTIONS, DESK_ACTIONS, WORK_ACTIONS, GRAPH_VIEW_ACTIONS, LOOK_ACTIONS, NOTE_ACTIONS, ROOM_ACTIONS)
