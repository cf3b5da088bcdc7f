"""The control flow in LangGraph: one thread for each shot, and one for the film."""
