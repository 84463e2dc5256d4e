reeve serve {{folder}}
