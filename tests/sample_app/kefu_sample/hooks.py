from kefu_property.suite.manifest import module_hooks as _module_hooks

app_name = "kefu_sample"
app_title = "Kefu Sample"
app_publisher = "kefu_property contributors"
app_description = "Sample of an app that contributes to the suite"
app_email = "maintainers@example.com"
app_license = "MIT"

kefu_modules = ["kefu_sample.bicycles"]
kefu_message_channels = {"Sample Carrier": "kefu_sample.messages.send"}
kefu_payment_channels = {"Sample Wallet": "kefu_sample.wallet.SampleWallet"}
kefu_tariff_kinds = {"Per Sign": "kefu_sample.tariffs.PerSign"}

globals().update(_module_hooks(kefu_modules))
