"""The closure in which every triple knows the sources that it rests on."""
