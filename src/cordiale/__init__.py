"""A knowledge graph that shows its sources: for what it was told, and for what it worked out.

>>> import cordiale
>>> kg = cordiale.open(".")
>>> for partner, name, sources in kg.ask("partners").rows:
...     print(name)
HEC Paris
Institut Polytechnique de Paris
University of Cambridge
University of Oxford
Université Paris-Saclay
"""

import cordiale.closure as closure
from cordiale.closure.consequences import close as reason
from cordiale.model.errors import CordialeError
from cordiale.project.knowledge_graph import KnowledgeGraph
from cordiale.project.knowledge_graph import open_project as open  # the name to guess

__all__ = ["CordialeError", "KnowledgeGraph", "closure", "open", "reason"]
