"""The agents, their graph, the renderers, the worker process, export and the command line."""
