"""What the import contracts cannot say by themselves."""

import grimp


def test_the_desk_imports_of_the_pipeline_only_its_protocol():
    graph = grimp.build_graph("critic", "desktop", "pipeline", "storage")
    imported = {
        target
        for module in graph.modules
        if module.split(".")[0] == "desktop"
        for target in graph.find_modules_directly_imported_by(module)
        if target.split(".")[0] == "pipeline"
    }
    assert imported == {"pipeline.protocol"}


def test_the_protocol_needs_nothing_of_ours():
    graph = grimp.build_graph("critic", "desktop", "pipeline", "storage")
    assert not graph.find_modules_directly_imported_by("pipeline.protocol")
