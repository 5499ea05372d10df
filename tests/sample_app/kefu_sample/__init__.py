"""Sample of an app that contributes to the suite: a module, a payment channel, a message channel, a tariff kind."""

__version__ = "0.1.0"
