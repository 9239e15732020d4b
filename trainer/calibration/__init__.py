"""Reading a known text aloud: how well each recogniser hears this voice, and its own pace."""
