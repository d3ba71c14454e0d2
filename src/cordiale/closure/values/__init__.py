"""Literals by their values: what the datatypes of XSD say."""
