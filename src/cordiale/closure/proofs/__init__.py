"""Why a triple or a clash follows."""
