"""Other registers of the world: Wikidata, ROR and mapping sets, in and out."""
