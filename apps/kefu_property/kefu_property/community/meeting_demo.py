def load(context) -> None:
	pass
