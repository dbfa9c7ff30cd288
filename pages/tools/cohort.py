"""How do I look at my own hospital's patients?"""

from components.ui import study_address, upload

study_address.show_wanted()
upload.show_study()
upload.show_template()

found = upload.read_files()
if found is not None:
    upload.show_opened(found)
