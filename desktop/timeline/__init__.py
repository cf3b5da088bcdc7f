"""The timeline: scenes, shots, lanes of state; what is selected, filtered, moved and trimmed there."""
